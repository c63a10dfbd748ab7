import { render } from 'preact';
import { App } from './app.tsx';
import { detectWhatIsShown } from './state/detection.ts';
import { missingFeature } from './state/missing-feature.ts';
import { openSample } from './state/open-image.ts';
import { firstSample } from './state/samples.ts';
import './style.css';

const root = document.getElementById('app');
const missing = missingFeature(globalThis);
if (root !== null) {
  if (missing === undefined) {
    detectWhatIsShown();
    void openSample(firstSample);
    render(<App />, root);
  } else {
    root.textContent = `This page needs ${missing}, which this browser lacks: please open it in a current Chrome, Edge, Firefox or Safari.`;
  }
}
