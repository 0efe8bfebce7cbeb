; What may be taken away of a line and asked for: a @call, a @condition, an assigned value, a returned one, @arguments.
(invocation_expression) @call
(object_creation_expression) @call
(if_statement condition: (_) @condition)
(while_statement condition: (_) @condition)
(variable_declarator "=" (_) @assignment)
(assignment_expression right: (_) @assignment)
(return_statement (_) @return)
(argument_list) @arguments
