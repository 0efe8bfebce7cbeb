; A definition is captured by its kind; the lines before its @body are its signature. Patterns that share a @name are one.
(function_definition
  declarator: (function_declarator declarator: [(identifier) (field_identifier)] @name)
  body: (_) @body) @function
(function_definition
  declarator: (function_declarator
    declarator: (qualified_identifier scope: (namespace_identifier) @container name: (identifier) @name))
  body: (_) @body) @method
(function_definition
  declarator: (pointer_declarator
    declarator: (function_declarator declarator: [(identifier) (field_identifier)] @name))
  body: (_) @body) @function
(function_definition
  declarator: (reference_declarator (function_declarator declarator: [(identifier) (field_identifier)] @name))
  body: (_) @body) @function
(declaration declarator: (function_declarator declarator: (identifier) @name)) @function
(field_declaration declarator: (function_declarator declarator: (field_identifier) @name)) @method
(class_specifier name: (type_identifier) @name body: (_) @body) @class
(struct_specifier name: (type_identifier) @name body: (_) @body) @class
(union_specifier name: (type_identifier) @name body: (_) @body) @class
(enum_specifier name: (type_identifier) @name body: (_) @body) @enum
(enumerator name: (_) @name) @constant
(field_declaration declarator: (field_identifier) @name) @field
(field_declaration declarator: (pointer_declarator declarator: (field_identifier) @name)) @field
(namespace_definition name: (namespace_identifier) @name body: (_) @body) @module
(concept_definition name: (_) @name) @type
(alias_declaration name: (_) @name) @type
(type_definition declarator: (type_identifier) @name) @type
(preproc_def name: (_) @name) @macro
(preproc_function_def name: (_) @name) @macro
