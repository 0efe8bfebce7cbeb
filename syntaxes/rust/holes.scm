; What may be taken away of a line and asked for: a @call, a @condition, an assigned value, a returned one, @arguments.
(call_expression) @call
(macro_invocation) @call
(if_expression condition: (_) @condition)
(while_expression condition: (_) @condition)
(let_declaration value: (_) @assignment)
(assignment_expression right: (_) @assignment)
(return_expression (_) @return)
(arguments) @arguments
