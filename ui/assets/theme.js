// Sets the theme before the first paint, so that a dark office does not flash white in the morning.
// A plain script and not a module: a module would run after the first paint.
{
  let chosen = 'system';
  try {
    chosen = localStorage.getItem('deskops.theme') ?? 'system';
  } catch {
    // Without storage the theme of the system is used.
  }
  const dark = chosen === 'dark' || (chosen === 'system' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.dataset.theme = dark ? 'dark' : 'light';
  if (matchMedia('(pointer: coarse)').matches) document.documentElement.dataset.density = 'comfortable';
}
