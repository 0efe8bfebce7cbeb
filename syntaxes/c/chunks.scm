(function_definition declarator: (function_declarator declarator: (_) @name)) @chunk
(function_definition
  declarator: (pointer_declarator declarator: (function_declarator declarator: (_) @name))) @chunk
(function_definition) @chunk

(struct_specifier name: (_) @name body: (_)) @chunk
(union_specifier name: (_) @name body: (_)) @chunk
(enum_specifier name: (_) @name body: (_)) @chunk
(type_definition declarator: (type_identifier) @name) @chunk
(preproc_function_def name: (_) @name) @chunk

(translation_unit
  (declaration declarator: (init_declarator declarator: (_) @name value: (initializer_list))) @chunk)
