; What may be taken away of a line and asked for: a @call, a @condition, an assigned value, a returned one, @arguments.
(call) @call
(if condition: (_) @condition)
(unless condition: (_) @condition)
(while condition: (_) @condition)
(assignment right: (_) @assignment)
(return (argument_list) @return)
(call arguments: (argument_list) @arguments)
