import type { FeatureLayer, RegionDetector } from '@rcnn/models';

/** One variant of a system: what it sees, and what it decides with. */
export interface AblationRow {
  /** As in the paper's Table 2: `R-CNN FT fc7 BB`. */
  readonly name: string;
  readonly network: 'pretrained' | 'finetuned';
  readonly layer: FeatureLayer;
  readonly classifier: 'svm' | 'softmax';
  readonly boxRegression: boolean;
}

/**
 * The variants of R-CNN's Table 2 (§3.2): SVMs on each layer without and with fine-tuning, the last with box regression; and
 * the softmax classifier in place of the SVMs (appendix B). SPPnet's fine-tuning leaves its convolutions as they were, and with
 * them the row of pool5.
 */
export function ablationRows({ model, finetuning, regression, features }: RegionDetector['config']): AblationRow[] {
  const system = model === 'rcnn' ? 'R-CNN' : 'SPPnet';
  const layers = ['pool5', 'fc6', 'fc7'] as const;
  const svms = (network: AblationRow['network']): AblationRow[] =>
    layers.map((layer) => ({
      name: `${system}${network === 'finetuned' ? ' FT' : ''} ${layer}`, network, layer, classifier: 'svm', boxRegression: false,
    }));
  const last = finetuning === null ? 'pretrained' : 'finetuned';
  const tuned = finetuning === null ? '' : ' FT';
  const regressed: AblationRow[] = regression === null ? [] : [{ name: `${system}${tuned} ${features} BB`, network: last, layer: features, classifier: 'svm', boxRegression: true }];
  const softmax: AblationRow[] = finetuning === null ? [] : [{ name: `${system} FT softmax`, network: 'finetuned', layer: 'fc7', classifier: 'softmax', boxRegression: false }];
  return [...svms('pretrained'), ...(finetuning === null ? [] : svms('finetuned').filter(({ layer }) => model === 'rcnn' || layer !== 'pool5')), ...regressed, ...softmax];
}
