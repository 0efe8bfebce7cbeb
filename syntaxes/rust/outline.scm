; A definition is captured by its kind; the lines before its @body are its signature. Patterns that share a @name are one.
(function_item name: (_) @name body: (_) @body) @function
(function_signature_item name: (_) @name) @function
(struct_item name: (_) @name) @class
(struct_item name: (_) @name body: (field_declaration_list) @body) @class
(field_declaration name: (_) @name) @field
(enum_item name: (_) @name body: (_) @body) @enum
(enum_variant name: (_) @name) @constant
(union_item name: (_) @name body: (_) @body) @class
(trait_item name: (_) @name body: (_) @body) @interface
(mod_item name: (_) @name body: (_) @body) @module
(macro_definition name: (_) @name) @macro
(type_item name: (_) @name) @type
(const_item name: (_) @name) @constant
(static_item name: (_) @name) @constant

; What it holds belongs to the type, but it does not define the type.
(impl_item type: (type_identifier) @name body: (_) @body) @extension
(impl_item type: (generic_type type: (type_identifier) @name) body: (_) @body) @extension
