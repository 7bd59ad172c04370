// Verify one credential with Digital Bazaar's packages, offline, and print what they find.
// Reads {credential, documents, now} as JSON from standard input; `documents` answers every address that is looked up.
import {readFileSync} from 'node:fs';
import {DataIntegrityProof} from '@digitalbazaar/data-integrity';
import {createVerifyCryptosuite} from '@digitalbazaar/eddsa-jcs-2022-cryptosuite';
import * as vc from '@digitalbazaar/vc';
import {checkStatus} from '@digitalbazaar/vc-bitstring-status-list';

const {credential, documents, now} = JSON.parse(readFileSync(0, 'utf8'));

// The packages judge the status lists by the machine's clock; the test judges by its own.
const moment = new Date(now).getTime();
globalThis.Date = class extends Date {
  constructor(...given) {
    super(...(given.length ? given : [moment]));
  }
  static now() {
    return moment;
  }
};

async function documentLoader(address) {
  const url = typeof address === 'string' ? address : address.id;
  if(url in documents) {
    return {contextUrl: null, documentUrl: url, document: structuredClone(documents[url])};
  }
  return vc.defaultDocumentLoader(url);
}

const suite = new DataIntegrityProof({cryptosuite: createVerifyCryptosuite()});
const result = await vc.verifyCredential({credential, suite, documentLoader, checkStatus, now});
const causes = error => error ? [error.message, ...(error.errors ?? []).flatMap(causes)] : [];
console.log(JSON.stringify({
  verified: result.verified,
  errors: [...causes(result.error), ...causes(result.statusResult?.error)],
  statuses: (result.statusResult?.results ?? []).map(
    ({credentialStatus, status}) => ({purpose: credentialStatus.statusPurpose, set: status}))
}));
