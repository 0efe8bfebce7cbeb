; The decorators around a definition share its @name: the outline merges the two.
(function_definition name: (_) @name) @chunk
(class_definition name: (_) @name) @chunk
(decorated_definition definition: (function_definition name: (_) @name)) @chunk
(decorated_definition definition: (class_definition name: (_) @name)) @chunk

(module
  (expression_statement
    (assignment left: (identifier) @name right: [(dictionary) (list) (set) (tuple) (call) (lambda)])) @chunk)
