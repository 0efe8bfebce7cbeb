(rule_set (selectors) @name) @chunk
(media_statement) @chunk
(keyframes_statement (keyframes_name) @name) @chunk
(supports_statement) @chunk
