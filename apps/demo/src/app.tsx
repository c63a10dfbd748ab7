import { DetectView } from './detect/detect-view.tsx';
import { HowView } from './how/how-view.tsx';
import { route } from './route.ts';

/** The page: its head, and one of the two views. */
export function App() {
  const { view } = route.value;
  return (
    <>
      <a class="skip" href="#main" onClick={(event) => { event.preventDefault(); document.getElementById('main')?.focus(); }}>Skip to the content</a>
      <header class="top">
        <p class="brand">rcnn</p>
        <nav aria-label="Views">
          <a href="#/" aria-current={view === 'detect' ? 'page' : undefined}>Detect</a>
          <a href="#/how" aria-current={view === 'how' ? 'page' : undefined}>How it works</a>
        </nav>
      </header>
      <main id="main" tabIndex={-1}>{view === 'detect' ? <DetectView /> : <HowView />}</main>
    </>
  );
}
