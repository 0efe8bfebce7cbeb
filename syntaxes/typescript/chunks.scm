; A declaration is a @chunk. The export around it names the same @name: the outline merges the two.
(function_declaration name: (_) @name) @chunk
(generator_function_declaration name: (_) @name) @chunk
(function_signature name: (_) @name) @chunk
(class_declaration name: (_) @name) @chunk
(abstract_class_declaration name: (_) @name) @chunk
(method_definition name: (_) @name) @chunk
(public_field_definition name: (_) @name value: [(arrow_function) (function_expression)]) @chunk
(interface_declaration name: (_) @name) @chunk
(type_alias_declaration name: (_) @name) @chunk
(enum_declaration name: (_) @name) @chunk
(internal_module name: (_) @name) @chunk
(module name: (_) @name) @chunk

(program
  (lexical_declaration
    (variable_declarator
      name: (identifier) @name
      value: [
        (arrow_function) (function_expression) (class) (object) (array) (call_expression)
        (as_expression) (satisfies_expression)
      ])) @chunk)

(export_statement declaration: (function_declaration name: (_) @name)) @chunk
(export_statement declaration: (generator_function_declaration name: (_) @name)) @chunk
(export_statement declaration: (function_signature name: (_) @name)) @chunk
(export_statement declaration: (class_declaration name: (_) @name)) @chunk
(export_statement declaration: (abstract_class_declaration name: (_) @name)) @chunk
(export_statement declaration: (interface_declaration name: (_) @name)) @chunk
(export_statement declaration: (type_alias_declaration name: (_) @name)) @chunk
(export_statement declaration: (enum_declaration name: (_) @name)) @chunk
(export_statement
  declaration: (lexical_declaration
    (variable_declarator
      name: (identifier) @name
      value: [
        (arrow_function) (function_expression) (class) (object) (array) (call_expression)
        (as_expression) (satisfies_expression)
      ]))) @chunk

; describe('…', () => …), it('…', () => …)
(expression_statement
  (call_expression
    arguments: (arguments
      . (string (string_fragment) @name)
      [(arrow_function) (function_expression)]))) @chunk
