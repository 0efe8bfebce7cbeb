(function_declaration name: (_) @name) @chunk
(method_declaration name: (_) @name) @chunk

; A lone type takes the keyword with it; in a group each type is a chunk of its own.
(type_declaration . (type_spec name: (_) @name) .) @chunk
(type_declaration (type_spec name: (_) @name) @chunk)
(type_declaration . (type_alias name: (_) @name) .) @chunk

(source_file (const_declaration) @chunk)
(source_file (var_declaration) @chunk)
