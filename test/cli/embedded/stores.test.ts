import { join } from 'node:path';
import { alertStoreContract } from '../../contract/alert-store-contract';
import { layerIndexContract } from '../../contract/layer-index-contract';
import { stateStoreContract } from '../../contract/state-store-contract';
import { sweepContract } from '../../contract/sweep-contract';
import { triageContract } from '../../contract/triage-contract';
import { openLevelStores } from '../../harness/level-stores';
import { temporaryFolder } from '../../harness/temporary-folder';

describe.each([
  ['in memory', () => openLevelStores()],
  ['in a folder', () => openLevelStores(join(temporaryFolder(), 'state'))],
] as const)('the embedded database %s', (_, open) => {
  describe('the alert store', () => alertStoreContract(open));
  describe('the state store', () => stateStoreContract(open));
  describe('the index of layers', () => layerIndexContract(open));
  describe('triage', () => triageContract(open));
  describe('the stores of the sweep', () => sweepContract(open));
});
