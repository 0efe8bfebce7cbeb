(function_definition declarator: (function_declarator declarator: (_) @name)) @chunk
(function_definition
  declarator: (pointer_declarator declarator: (function_declarator declarator: (_) @name))) @chunk
(function_definition
  declarator: (reference_declarator (function_declarator declarator: (_) @name))) @chunk
(function_definition) @chunk

(class_specifier name: (_) @name body: (_)) @chunk
(struct_specifier name: (_) @name body: (_)) @chunk
(union_specifier name: (_) @name body: (_)) @chunk
(enum_specifier name: (_) @name body: (_)) @chunk
(namespace_definition name: (_) @name) @chunk
(concept_definition name: (_) @name) @chunk
(alias_declaration name: (_) @name) @chunk
(type_definition declarator: (type_identifier) @name) @chunk
(preproc_function_def name: (_) @name) @chunk

; The template around a declaration shares its @name: the outline merges the two.
(template_declaration (function_definition declarator: (function_declarator declarator: (_) @name))) @chunk
(template_declaration (class_specifier name: (_) @name body: (_))) @chunk
(template_declaration (struct_specifier name: (_) @name body: (_))) @chunk

(translation_unit
  (declaration declarator: (init_declarator declarator: (_) @name value: (initializer_list))) @chunk)
