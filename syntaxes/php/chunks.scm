(function_definition name: (_) @name) @chunk
(method_declaration name: (_) @name) @chunk
(class_declaration name: (_) @name) @chunk
(interface_declaration name: (_) @name) @chunk
(trait_declaration name: (_) @name) @chunk
(enum_declaration name: (_) @name) @chunk
