; A definition is captured by its kind; the lines before its @body are its signature. Patterns that share a @name are one.
(function_declaration name: (_) @name body: (_) @body) @function
(generator_function_declaration name: (_) @name body: (_) @body) @function
(class_declaration name: (_) @name body: (_) @body) @class

(method_definition name: (_) @name body: (_) @body) @method
(field_definition property: (_) @name) @field
(field_definition property: (_) @name value: (arrow_function body: (_) @body)) @method

(program (lexical_declaration (variable_declarator name: (identifier) @name)) @constant)
(program (variable_declaration (variable_declarator name: (identifier) @name)) @constant)
(program (export_statement (lexical_declaration (variable_declarator name: (identifier) @name))) @constant)
(program
  (lexical_declaration
    (variable_declarator name: (identifier) @name value: (arrow_function body: (_) @body))) @function)
(program
  (export_statement
    (lexical_declaration
      (variable_declarator name: (identifier) @name value: (arrow_function body: (_) @body)))) @function)
; exports.name = function () {}, Class.prototype.name = …
(program
  (expression_statement
    (assignment_expression
      left: (member_expression property: (property_identifier) @name)
      right: (function_expression body: (_) @body))) @function)
