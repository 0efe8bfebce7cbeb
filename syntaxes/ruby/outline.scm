; A definition is captured by its kind; the lines before its @body are its signature. Patterns that share a @name are one.
(method name: (_) @name) @method
(method name: (_) @name body: (_) @body) @method
(singleton_method name: (_) @name) @method
(singleton_method name: (_) @name body: (_) @body) @method
(class name: (constant) @name) @class
(class name: (constant) @name body: (_) @body) @class
(class name: (scope_resolution name: (constant) @name) body: (_) @body) @class
(module name: (constant) @name) @module
(module name: (constant) @name body: (_) @body) @module
(assignment left: (constant) @name) @constant
; attr_reader :name
(call
  method: (identifier) @maker
  arguments: (argument_list (simple_symbol) @name)
  (#match? @maker "^attr_(reader|writer|accessor)$")) @field
