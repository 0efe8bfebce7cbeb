(function_item name: (_) @name) @chunk
(struct_item name: (_) @name) @chunk
(enum_item name: (_) @name) @chunk
(union_item name: (_) @name) @chunk
(trait_item name: (_) @name) @chunk
(impl_item type: (_) @name) @chunk
(mod_item name: (_) @name) @chunk
(macro_definition name: (_) @name) @chunk
(type_item name: (_) @name) @chunk
(const_item name: (_) @name) @chunk
(static_item name: (_) @name) @chunk

(source_file (macro_invocation macro: (_) @name) @chunk)
(source_file (expression_statement (macro_invocation macro: (_) @name)) @chunk)
