/**
 * A telephone number as an identity. SAKKE and ECCSI key the octets of the identifier, so two spellings of one number would
 * be two people: there is one canonical form, and whatever cannot be brought to it without guessing is refused.
 */
import { mikeyCryptoError, type MIKEY_CRYPTO_CODES } from './errors.ts';

declare const telNumberBrand: unique symbol;

/** Global number, '+' and 7 to 15 digits: '+447700900001'. */
export type TelNumber = string & { readonly [telNumberBrand]: true };

/** + and digits, with the visual separators of RFC 3966 (section 3) anywhere, and single spaces between them; a URI has no spaces. */
const TYPED = /^\+(?! )(?!.* {2})[-.() ]*\d[-.() \d]*(?<! )$/;
const URI = /^tel:\+[-.()]*\d[-.()\d]*$/i;
/** Digits with or without separators but no plus: what people dial inside one country, or after 00. */
const NATIONAL = /^(?:tel:)?\(?\d[\d ().-]*$/i;

/**
 * Reads '+44 7700 900123', '+44 (7700) 900.123' or 'TEL:+44-7700-900123'.
 * @throws MIKEY_NUMBER_CHARACTERS, MIKEY_NUMBER_NATIONAL, MIKEY_NUMBER_PARAMETERS, MIKEY_NUMBER_LENGTH,
 * MIKEY_NUMBER_COUNTRY
 */
export function canonicalNumber(text: string): TelNumber {
  if (!TYPED.test(text) && !URI.test(text)) throw refusal(formFault(text), text);
  const number = text.replace(/^tel:|[-.() ]/gi, '');
  if (number.length < 8 || number.length > 16) throw refusal('MIKEY_NUMBER_LENGTH', text);
  if (!isCanonical(number)) throw refusal('MIKEY_NUMBER_COUNTRY', text);
  return number;
}

/** No country code starts with 0 (E.164), and no British national number does. */
function isCanonical(number: string): number is TelNumber {
  return /^\+(?!440)[1-9]\d{6,14}$/.test(number);
}

function formFault(text: string): keyof typeof MIKEY_CRYPTO_CODES {
  if (text.includes(';')) return 'MIKEY_NUMBER_PARAMETERS';
  return NATIONAL.test(text) ? 'MIKEY_NUMBER_NATIONAL' : 'MIKEY_NUMBER_CHARACTERS';
}

function refusal(code: keyof typeof MIKEY_CRYPTO_CODES, text: string): Error {
  return mikeyCryptoError(code, `${JSON.stringify(text.slice(0, 40))} is not a global telephone number`);
}
