(namespace_declaration name: (_) @name) @chunk
(class_declaration name: (_) @name) @chunk
(struct_declaration name: (_) @name) @chunk
(interface_declaration name: (_) @name) @chunk
(enum_declaration name: (_) @name) @chunk
(record_declaration name: (_) @name) @chunk
(delegate_declaration name: (_) @name) @chunk
(method_declaration name: (_) @name) @chunk
(constructor_declaration name: (_) @name) @chunk
(property_declaration name: (_) @name) @chunk
(indexer_declaration) @chunk
(operator_declaration) @chunk
