; A definition is captured by its kind; the lines before its @body are its signature. Patterns that share a @name are one.
(function_definition name: (_) @name body: (_) @body) @function
(method_declaration name: (_) @name) @method
(method_declaration name: (_) @name body: (_) @body) @method
(class_declaration name: (_) @name body: (_) @body) @class
(interface_declaration name: (_) @name body: (_) @body) @interface
(trait_declaration name: (_) @name body: (_) @body) @class
(enum_declaration name: (_) @name body: (_) @body) @enum
(enum_case name: (_) @name) @constant
(property_declaration (property_element (variable_name (name) @name))) @field
(const_declaration (const_element (name) @name)) @constant
