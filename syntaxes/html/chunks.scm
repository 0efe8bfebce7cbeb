(element (start_tag (tag_name) @name)) @chunk
(script_element) @chunk
(style_element) @chunk
