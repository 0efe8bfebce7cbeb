; A definition is captured by its kind; the lines before its @body are its signature. Patterns that share a @name are one.
(function_declaration name: (_) @name body: (_) @body) @function
(generator_function_declaration name: (_) @name body: (_) @body) @function
(function_signature name: (_) @name) @function
(class_declaration name: (_) @name body: (_) @body) @class
(abstract_class_declaration name: (_) @name body: (_) @body) @class
(interface_declaration name: (_) @name body: (_) @body) @interface
(type_alias_declaration name: (_) @name) @type
(enum_declaration name: (_) @name body: (_) @body) @enum
(enum_body (property_identifier) @name @constant)
(enum_body (enum_assignment name: (property_identifier) @name) @constant)
(internal_module name: (identifier) @name body: (_) @body) @module

(method_definition name: (_) @name body: (_) @body) @method
(method_signature name: (_) @name) @method
(abstract_method_signature name: (_) @name) @method
(property_signature name: (_) @name) @field
(public_field_definition name: (_) @name) @field
(public_field_definition name: (_) @name value: (arrow_function body: (_) @body)) @method

(program (lexical_declaration (variable_declarator name: (identifier) @name)) @constant)
(program (export_statement (lexical_declaration (variable_declarator name: (identifier) @name))) @constant)
(program
  (lexical_declaration
    (variable_declarator name: (identifier) @name value: (arrow_function body: (_) @body))) @function)
(program
  (export_statement
    (lexical_declaration
      (variable_declarator name: (identifier) @name value: (arrow_function body: (_) @body)))) @function)
