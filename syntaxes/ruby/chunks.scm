(method name: (_) @name) @chunk
(singleton_method name: (_) @name) @chunk
(class name: (_) @name) @chunk
(module name: (_) @name) @chunk

; describe '…' do … end
(call
  arguments: (argument_list . (string (string_content) @name))
  block: (do_block)) @chunk
