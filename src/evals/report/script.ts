/**
 * What the page does by itself. It holds no data: places stand in attributes of the page. In a plain browser there is
 * nobody to open a file or to save, so the page stays as it is.
 */
export const SCRIPT = `
'use strict';
if (typeof acquireVsCodeApi === 'function') {
  const editor = acquireVsCodeApi();
  const save = document.getElementById('save');
  save.hidden = false;
  save.addEventListener('click', () => editor.postMessage({ kind: 'save' }));
  for (const place of document.querySelectorAll('.place')) {
    const { path, line, text } = place.dataset;
    const open = () => editor.postMessage({ kind: 'open', path, line: Number(line), text });
    place.setAttribute('role', 'link');
    place.tabIndex = 0;
    place.addEventListener('click', open);
    place.addEventListener('keydown', event => {
      if (event.key === 'Enter') open();
    });
  }
}
`;
