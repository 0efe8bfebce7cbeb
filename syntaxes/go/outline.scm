; A definition is captured by its kind; the lines before its @body are its signature. Patterns that share a @name are one.
(function_declaration name: (_) @name body: (_) @body) @function
(method_declaration
  receiver: (parameter_list
    (parameter_declaration
      type: [
        (type_identifier) @container
        (pointer_type (type_identifier) @container)
        (generic_type type: (type_identifier) @container)
        (pointer_type (generic_type type: (type_identifier) @container))
      ]))
  name: (_) @name
  body: (_) @body) @method
; A lone type takes the keyword and the comment above it.
(type_declaration . (type_spec name: (_) @name) .) @type
(type_declaration (type_spec name: (_) @name) @type)
(type_declaration (type_spec name: (_) @name type: (struct_type (field_declaration_list) @body)) @class)
(type_declaration (type_spec name: (_) @name type: (interface_type) @body) @interface)
(type_declaration (type_alias name: (_) @name) @type)
(struct_type (field_declaration_list (field_declaration name: (field_identifier) @name) @field))
(interface_type (method_elem name: (_) @name) @method)
(source_file (const_declaration (const_spec name: (identifier) @name) @constant))
(source_file (var_declaration (var_spec name: (identifier) @name) @constant))
(source_file (var_declaration (var_spec_list (var_spec name: (identifier) @name) @constant)))
