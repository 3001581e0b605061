/**
 * A PDF whose octets are the same wherever it is made: pdfkit packs streams with Node's zlib, which gives other octets in another version of Node. Here
 * fflate, which is JavaScript, packs them.
 */
import { zlibSync } from 'fflate';
import Pdfkit from 'pdfkit';

/** A reference as pdfkit has it, beside what its types tell. */
interface PackedReference {
  compress: boolean;
  buffer: Uint8Array[];
  finalize(): void;
}

/** The document of pdfkit; only what packs its streams is another. */
export class SteadyPdf extends Pdfkit {
  override ref(data: object): PDFKit.PDFKitReference {
    const reference = super.ref(data);
    if (!isPacked(reference)) return reference;
    const finalize = reference.finalize.bind(reference);
    reference.finalize = () => {
      if (reference.compress && reference.buffer.length > 0) {
        reference.buffer = [zlibSync(Buffer.concat(reference.buffer))];
        reference.compress = false;
      }
      finalize();
    };
    return reference;
  }
}

function isPacked(reference: object): reference is PackedReference {
  return 'finalize' in reference && 'buffer' in reference && 'compress' in reference;
}
