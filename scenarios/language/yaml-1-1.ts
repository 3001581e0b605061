/** Texts that a YAML 1.1 reader would not read as text. Files are YAML 1.2, but authors have other readers and editors too. */

/** Texts that a YAML 1.1 reader takes for a boolean, a base-60 number, a number with underscores or a date. */
const OTHER_IN_YAML_1_1 =
  /^(?:y|n|yes|no|on|off|[-+]?\d[\d_]*(?::[0-5]?\d)+(?:\.\d*)?|[-+]?(?:0b[01_]+|0x[\da-f_]+|\d[\d_]*(?:\.[\d_]*)?)|=)$/i;
const DATE_IN_YAML_1_1 = /^\d{4}-\d\d?-\d\d?(?:$|[Tt ])/;

/** Whether such a reader takes an unquoted text for a boolean, a number or, unless a date is meant, a date. */
export function isMisread(source: string, dateIsMeant: boolean): boolean {
  return OTHER_IN_YAML_1_1.test(source) || (DATE_IN_YAML_1_1.test(source) && !dateIsMeant);
}
