; A declaration is a @chunk. The export around it names the same @name: the outline merges the two.
(function_declaration name: (_) @name) @chunk
(generator_function_declaration name: (_) @name) @chunk
(class_declaration name: (_) @name) @chunk
(method_definition name: (_) @name) @chunk
(field_definition property: (_) @name value: [(arrow_function) (function_expression)]) @chunk

(program
  (lexical_declaration
    (variable_declarator
      name: (identifier) @name
      value: [(arrow_function) (function_expression) (class) (object) (array) (call_expression)])) @chunk)
(program (variable_declaration (variable_declarator name: (identifier) @name value: (function_expression))) @chunk)

(export_statement declaration: (function_declaration name: (_) @name)) @chunk
(export_statement declaration: (generator_function_declaration name: (_) @name)) @chunk
(export_statement declaration: (class_declaration name: (_) @name)) @chunk
(export_statement
  declaration: (lexical_declaration
    (variable_declarator
      name: (identifier) @name
      value: [(arrow_function) (function_expression) (class) (object) (array) (call_expression)]))) @chunk

; describe('…', () => …), it('…', () => …)
(expression_statement
  (call_expression
    arguments: (arguments
      . (string (string_fragment) @name)
      [(arrow_function) (function_expression)]))) @chunk
