/**
 * I_MESSAGEs of RFC 6509, computed by an independent implementation from the KMS secrets of RFC 6507 appendix A and RFC 6508
 * appendix A, and opened by a second one (the Streamwide library). RFC 6509 has no vectors of its own.
 *
 * Both users have keys of 2011-02; the messages are of 2011-02-15T13:00:00Z.
 */

/** When the messages of the vectors were made: 2011-02-15T13:00:00Z, in milliseconds. */
export const UNIX_MS = 1_297_774_800_000;
/** The month that the keys of both users are of. */
export const PERIOD = '2011-02';
/** The KMS's public authentication key of RFC 6507 appendix A: an uncompressed point, 65 octets. */
export const KPAK =
  '0450D4670BDE75244F28D2838A0D25558A7A72686D4522D4C8273FB6442AEBFA93DBDD37551AFD263B5DFD617F3960C65A8C298850FF99F20366DCE7D4367217F4';
/** The KMS's public key of RFC 6508 appendix A: an uncompressed point, 257 octets. */
export const Z =
  '045958EF1B1679BF099B3A030DF255AA6A23C1D8F143D4D23F753E69BD27A832F38CB4AD53DDEF4260B0FE8BB45C4C1FF510EFFE300367A37B61F701D914AEF09724825FA0707D61A6DFF4FBD7273566CDDE352A0B04B7C16A78309BE640697DE747613A5FC195E8B9F328852A579DB8F99B1D0034479EA9C5595F47C4B2F54FF21508D37514DCF7A8E143A6058C09A6BF2C9858CA37C258065AE6BF7532BC8B5B63383866E0753C5AC0E72709F8445F2E6178E065857E0EDA10F68206B63505ED87E534FB2831FF957FB7DC619DAE61301EEACC2FDA3680EA4999258A833CEA8FC67C6D19487FB449059F26CC8AAB655AB58B7CC796E24E9A394095754F5F8BAE';
/** The secret that the message carries: 16 octets. */
export const SSV = '00112233445566778899aabbccddeeff';
/** The random octets in the message's RAND payload: 16 of them. */
export const RAND = '404142434445464748494a4b4c4d4e4f';
/** The bundle that the header of the message names. */
export const CSB_ID = 0x8f3c21a7;

/** Who made the message, with the user's secret keys in hexadecimal. */
export const initiator = {
  number: '+447700900123',
  ssk: '23f374ae1f4033f3e9dbddaaef20f4cf0b86bbd5a138a5ae9e7e006b34489a0d',
  pvt: '04758a142779be89e829e71984cb40ef758cc4ad775fc5b9a3e1c8ed52f6fa36d9a79d247692f4eda3a6bdab77d6aa6474a464ae4934663c5265ba7018ba091f79',
  rsk: '0493af67e5007ba6e6a80da793da300fa4b52d0a74e25e6e7b2b3d6ee9d18a9b5c5023597bd82d8062d34019563ba1d25c0dc56b7b979d74aa50f29fbf11cc2c93f5dfca615e609279f6175ceadb00b58c6bee1e7a2a47c4f0c456f05259a6fa94a634a40dae1df593d4fecf688d5fc678be7efc6df3d6835325b83b2c6e69036b155f0a27241094b04bfb0bdfac6c670a65c325d39a069f03659d44ca27d3be8df311172b554160181cbe94a2a783320ced590bc42644702cf371271e496bf20f588b78a1bc01ecbb6559934bdd2fb65d2884318a33d1a42adf5e33cc5800280b28356497f87135bab9612a17260424409ac15fee996b744c332151235decb0f5',
};

/** Whom the message is for, with the user's secret keys in hexadecimal. */
export const responder = {
  number: '+447700900456',
  ssk: '5608f7c7044f64c522c10bd3b56e6da90553207bdab8250b0dcadf8400912daa',
  pvt: '04269d4c8fdeb66a74e4ef8c0d5dcc597ddfe6029c2affc4936008cd2cc1045d816dda6a1310f4b067bd5dabdad741b7cef36457e196b1bfa97fd5f8fbb3926adb',
  rsk: '0457935f0745fa5a1eb05ea6522816d6bda810b094828096af0739ca5f5d108f5c53b78f462f4e2f63ab67bb1f45262930a00910ed2d93192b7a960bf1b5c7377d5edee2ef4e7df946145e64c50ce41e168c29470f4baaedd3f76bbc02e8dbbf8b158ff3a575abac15720294c17f48ec624db1820dbc6396465930bd0f0a35baf008679cdfc313405320f44c97fb1fb19cd75f248e9f4dce8023b108cc33218ed139a62332643648e9e427b922df642db9890a113b18d429040b89d55bc5dbb32a8c6a270d4e7e599e8df2fde584e4d46fbdaa424f3cd6e9a25984b9137296adfc5c411a1234ca59cb90b75d78f5cd5b4a52105f7eda3f217d5b60de82f5d24046',
};

interface Vector {
  readonly name: string;
  readonly base64: string;
  /** Kind, offset and length of each payload. */
  readonly payloads: readonly (readonly [kind: string, offset: number, length: number])[];
  /** TEK and salt of crypto sessions 1 and 2. */
  readonly sessions: readonly (readonly [tek: string, salt: string])[];
}

/** full: SRTP-ID map (2 CS), IDRi/IDRr/IDRkmsi/IDRkmsr, SP, MIKEY-1 PRF */
export const full: Vector = {
  name: 'full: SRTP-ID map (2 CS), IDRi/IDRr/IDRkmsi/IDRkmsr, SP, MIKEY-1 PRF',
  base64:
    'ARoFAI88IacCAAARIjNEAAAAAAAAAAAAAAAAAAsA0QT3UAAAAAAOEEBBQkNERUZHSElKS0xNTk8OAQEAEXRlbDorNDQ3NzAwOTAwMTIzDgIBABF0ZWw6KzQ0NzcwMDkwMDQ1Ng4GAQAPa21zLmV4YW1wbGUub3JnCgcBAA9rbXMuZXhhbXBsZS5vcmcaAAAAJwABAQEBEAIBAQMBFAQBDgUBAAYBAAcBAQgBAQkBAAoBAQsBCgwBAAQBAQERBAxeTB1y5wBFD1lDFFy74P2rqZKi6Uln3Y90Egtxp8FnyxzAzIXCQayaUkF2gbZ/biP/zAqX7yFmKhCV8HBV88LboqoYDmxPSriBH2wlsIgHNvYvGzdz0AgkzNKxB+urSOwmEYJxxua7DVN47hyC5tM3uoIvWIOHaWpdpt74MV9DCd2uCHDAaQagE3f5fF3MRjJwNjGgdmk7y0tDByZIwzB5sRPV9MizOkHzhHNqLcsEo0g/W/w1Njve1xiYJTzMBuyzlWlPRkbI68Pft33i3tvp0XQVpoXqf86glgbR5aCS3t2XL6k2MXjCC5mvZhl2fLgSf0eFwDQDbEPEBCX8AiEV1VnZ2JSEQanuwf+hNXgGIIFlxes4cn+T9U/leOQSjcyOWu6Tj4m6ECgRKHIv4wnJR0/yDj2GBxnxfqDTc4EKS8CgQ7AyzDJKZBYx+yU8DgfVBHWKFCd5vonoKecZhMtA73WMxK13X8W5o+HI7VL2+jbZp50kdpL07aOmvat31qpkdKRkrkk0ZjxSZbpwGLoJH3k=',
  payloads: [
    ['HDR', 0, 28],
    ['T', 28, 10],
    ['RAND', 38, 18],
    ['IDR', 56, 22],
    ['IDR', 78, 22],
    ['IDR', 100, 20],
    ['IDR', 120, 20],
    ['SP', 140, 44],
    ['SAKKE', 184, 278],
    ['SIGN', 462, 131],
  ],
  sessions: [
    ['08a682f97eb7e85b41655fa170a8d32b', '3de5ea42450d83160fa164091798'],
    ['361c55df938a741d70e77023099d9512', 'f98e69d679742f42364e69742a61'],
  ],
};

/** minimal: #CS=0 SRTP-ID map, no IDR, no SP */
export const withoutIdentities: Vector = {
  name: 'minimal: #CS=0 SRTP-ID map, no IDR, no SP',
  base64:
    'ARoFAI88IacAAAsA0QT3UAAAAAAaEEBBQkNERUZHSElKS0xNTk8EAQEBEQQMXkwdcucARQ9ZQxRcu+D9q6mSoulJZ92PdBILcafBZ8scwMyFwkGsmlJBdoG2f24j/8wKl+8hZioQlfBwVfPC26KqGA5sT0q4gR9sJbCIBzb2Lxs3c9AIJMzSsQfrq0jsJhGCccbmuw1TeO4cgubTN7qCL1iDh2lqXabe+DFfQwndrghwwGkGoBN3+XxdzEYycDYxoHZpO8tLQwcmSMMwebET1fTIszpB84Rzai3LBKNIP1v8NTY73tcYmCU8zAbss5VpT0ZGyOvD37d94t7b6dF0FaaF6n/OoJYG0eWgkt7dly+pNjF4wguZr2YZdny4En9HhcA0A2xDxAQl/AIhFdVZ2diUhEGp7sH/oTV4BiCBZcXrOHJ/k/VP5XjkEo3Mjlruk4+JuhAoEShyL+MJyUd+/OMRZ3YirasBLm+KPVFkvbfXDo2XrXFd//Ie4tc5FwR1ihQneb6J6CnnGYTLQO91jMStd1/FuaPhyO1S9vo22aedJHaS9O2jpr2rd9aqZHSkZK5JNGY8UmW6cBi6CR95',
  payloads: [
    ['HDR', 0, 10],
    ['T', 10, 10],
    ['RAND', 20, 18],
    ['SAKKE', 38, 278],
    ['SIGN', 316, 131],
  ],
  sessions: [
    ['08a682f97eb7e85b41655fa170a8d32b', '3de5ea42450d83160fa164091798'],
    ['361c55df938a741d70e77023099d9512', 'f98e69d679742f42364e69742a61'],
  ],
};

/** full, PRF-HMAC-SHA-256 */
export const fullSha256: Vector = {
  name: 'full, PRF-HMAC-SHA-256',
  base64:
    'ARoFAY88IacCAAARIjNEAAAAAAAAAAAAAAAAAAsA0QT3UAAAAAAOEEBBQkNERUZHSElKS0xNTk8OAQEAEXRlbDorNDQ3NzAwOTAwMTIzDgIBABF0ZWw6KzQ0NzcwMDkwMDQ1Ng4GAQAPa21zLmV4YW1wbGUub3JnCgcBAA9rbXMuZXhhbXBsZS5vcmcaAAAAJwABAQEBEAIBAQMBFAQBDgUBAAYBAAcBAQgBAQkBAAoBAQsBCgwBAAQBAQERBAxeTB1y5wBFD1lDFFy74P2rqZKi6Uln3Y90Egtxp8FnyxzAzIXCQayaUkF2gbZ/biP/zAqX7yFmKhCV8HBV88LboqoYDmxPSriBH2wlsIgHNvYvGzdz0AgkzNKxB+urSOwmEYJxxua7DVN47hyC5tM3uoIvWIOHaWpdpt74MV9DCd2uCHDAaQagE3f5fF3MRjJwNjGgdmk7y0tDByZIwzB5sRPV9MizOkHzhHNqLcsEo0g/W/w1Njve1xiYJTzMBuyzlWlPRkbI68Pft33i3tvp0XQVpoXqf86glgbR5aCS3t2XL6k2MXjCC5mvZhl2fLgSf0eFwDQDbEPEBCX8AiEV1VnZ2JSEQanuwf+hNXgGIIFlxes4cn+T9U/leOQSjcyOWu6Tj4m6ECgRKHIv4wnJR0xTpLT8PoXfk+q2ZQJgWOqaZkIidPInwMtp++z7tfCRBHWKFCd5vonoKecZhMtA73WMxK13X8W5o+HI7VL2+jbZp50kdpL07aOmvat31qpkdKRkrkk0ZjxSZbpwGLoJH3k=',
  payloads: [
    ['HDR', 0, 28],
    ['T', 28, 10],
    ['RAND', 38, 18],
    ['IDR', 56, 22],
    ['IDR', 78, 22],
    ['IDR', 100, 20],
    ['IDR', 120, 20],
    ['SP', 140, 44],
    ['SAKKE', 184, 278],
    ['SIGN', 462, 131],
  ],
  sessions: [
    ['aac33ccd8ac9d542dd1d5dbdf0f6b186', 'a1d2465e694d682a5d9772b8fb4b'],
    ['eb9e5c4bc2ff76aa3c2054fe6b54a160', '2b180b92a194ef459dce03f7a525'],
  ],
};
