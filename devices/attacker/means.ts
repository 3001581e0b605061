/**
 * Means: the kinds of things that a path uses, whether they are held or not. A path is told by its kinds and never by which key it was, so
 * that the refusal of a stale PSK ends what the PSK before it had opened.
 */

/** All kinds, with what each is. */
export const MEANS = {
  psk: 'PSK of the account or leg that the route names',
  'peer-psk': "PSK of the other party's leg of that month",
  rsk: 'receiver secret key for the month in question',
  ssk: 'signing key (SSK and PVT) of the claimed sender for the month in question',
  'update-key': 'key that wraps the monthly packages of the victim',
  zt: 'master secret z_T of the KMS',
  ksak: 'KMS secret authentication key',
  signalling: 'I_MESSAGE in clear, as the CRS saw it',
  media: 'recorded SRTP of the call',
  ssv: 'SSV that a phone kept',
  package: 'a key package as octets',
  'psk-identity': 'PSK identity seen in clear',
  'crs-log': 'logs and flows of the CRS',
  medium: 'the disposed medium',
} as const;

/** One of these kinds. */
export type MeansKind = keyof typeof MEANS;
