import { render } from 'preact';
import { App } from './app.tsx';
import { compute } from './compute/compute.ts';
import { detectWhatIsShown } from './state/detection.ts';
import { missingFeature } from './state/missing-feature.ts';
import { openSample } from './state/open-image.ts';
import { firstSample } from './state/samples.ts';
import { shownImage } from './state/shown-image.ts';
import './style.css';

const root = document.getElementById('app');
const missing = missingFeature(globalThis);
if (root !== null) {
  if (missing === undefined) {
    // For the console: `await rcnn.compute('boxOverlap', { first: [0, 0, 2, 2], second: [1, 0, 3, 2] })`, `rcnn.shown()` for the image.
    Object.assign(globalThis, { rcnn: { compute, shown: () => shownImage.value?.image } });
    detectWhatIsShown();
    void openSample(firstSample);
    render(<App />, root);
  } else {
    root.textContent = `This page needs ${missing}, which this browser lacks: please open it in a current Chrome, Edge, Firefox or Safari.`;
  }
}
