export { loadProposals } from './load-proposals.ts';
export { saveProposals } from './save-proposals.ts';
