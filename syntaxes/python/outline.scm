; A definition is captured by its kind; the lines before its @body are its signature. Patterns that share a @name are one.
(function_definition name: (_) @name body: (_) @body) @function
(class_definition name: (_) @name body: (_) @body) @class
(decorated_definition definition: (function_definition name: (_) @name body: (_) @body)) @function
(decorated_definition definition: (class_definition name: (_) @name body: (_) @body)) @class

(module (expression_statement (assignment left: (identifier) @name)) @constant)
(class_definition body: (block (expression_statement (assignment left: (identifier) @name)) @field))
; self.name = … where an object is made
(function_definition
  name: (identifier) @maker
  body: (block
    (expression_statement (assignment left: (attribute object: (identifier) @self attribute: (identifier) @name)))
    @field)
  (#eq? @maker "__init__")
  (#eq? @self "self"))
