; What may be taken away of a line and asked for: a @call, a @condition, an assigned value, a returned one, @arguments.
(function_call_expression) @call
(member_call_expression) @call
(scoped_call_expression) @call
(object_creation_expression) @call
(if_statement condition: (parenthesized_expression (_) @condition))
(while_statement condition: (parenthesized_expression (_) @condition))
(assignment_expression right: (_) @assignment)
(return_statement (_) @return)
(arguments) @arguments
