(class_declaration name: (_) @name) @chunk
(interface_declaration name: (_) @name) @chunk
(enum_declaration name: (_) @name) @chunk
(record_declaration name: (_) @name) @chunk
(annotation_type_declaration name: (_) @name) @chunk
(method_declaration name: (_) @name) @chunk
(constructor_declaration name: (_) @name) @chunk
(compact_constructor_declaration name: (_) @name) @chunk
