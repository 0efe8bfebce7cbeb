; What may be taken away of a line and asked for: a @call, a @condition, an assigned value, a returned one, @arguments.
(call_expression) @call
(if_statement condition: (parenthesized_expression (_) @condition))
(while_statement condition: (parenthesized_expression (_) @condition))
(init_declarator value: (_) @assignment)
(assignment_expression right: (_) @assignment)
(return_statement (_) @return)
(argument_list) @arguments
