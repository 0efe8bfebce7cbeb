; What may be taken away of a line and asked for: a @call, a @condition, an assigned value, a returned one, @arguments.
(call) @call
(if_statement condition: (_) @condition)
(elif_clause condition: (_) @condition)
(while_statement condition: (_) @condition)
(assignment right: (_) @assignment)
(augmented_assignment right: (_) @assignment)
(return_statement (_) @return)
(argument_list) @arguments
