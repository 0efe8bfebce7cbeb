; What may be taken away of a line and asked for: a @call, a @condition, an assigned value, a returned one, @arguments.
(call_expression) @call
(if_statement condition: (_) @condition)
(for_clause condition: (_) @condition)
(short_var_declaration right: (_) @assignment)
(assignment_statement right: (_) @assignment)
(return_statement (_) @return)
(argument_list) @arguments
