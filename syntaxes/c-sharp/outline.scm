; A definition is captured by its kind; the lines before its @body are its signature. Patterns that share a @name are one.
(namespace_declaration name: (identifier) @name body: (_) @body) @module
(class_declaration name: (_) @name body: (_) @body) @class
(struct_declaration name: (_) @name body: (_) @body) @class
(interface_declaration name: (_) @name body: (_) @body) @interface
(enum_declaration name: (_) @name body: (_) @body) @enum
(enum_member_declaration name: (_) @name) @constant
(record_declaration name: (_) @name) @class
(delegate_declaration name: (_) @name) @type
(method_declaration name: (_) @name) @method
(method_declaration name: (_) @name body: (_) @body) @method
(constructor_declaration name: (_) @name body: (_) @body) @method
(property_declaration name: (_) @name) @field
(field_declaration (variable_declaration (variable_declarator name: (identifier) @name))) @field
(event_field_declaration (variable_declaration (variable_declarator name: (identifier) @name))) @field
