// Starts the page. A file of its own, because the content policy forbids scripts inside the page.
import start from './deskops-ui.js';

try {
  await start();
} catch (error) {
  const message = document.createElement('p');
  message.setAttribute('role', 'alert');
  message.textContent = `DeskOps could not start: ${error}. Close the window and open it again; what was entered is safe.`;
  document.body.replaceChildren(message);
  document.body.dataset.ready = '1';
}
