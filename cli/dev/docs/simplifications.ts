/** What is simpler here than in the world, and what that means for a reader of results. Collected from the files' headers. */
export interface Simplification {
  readonly what: string;
  readonly here: string;
  /** What a reader must not conclude, or why it does not matter. */
  readonly so: string;
}

/** Rows of the page of limits, in its order; whoever makes something simpler adds one. */
export const SIMPLIFICATIONS: readonly Simplification[] = [
  {
    what: 'Time to compute',
    here: 'Work takes no virtual time: sealing a call and forwarding a packet are instants.',
    so: 'Delays in results are those of links, timers and people. They say nothing about the speed of a product.',
  },
  {
    what: 'Chance',
    here: 'Every random number of a run comes from its seed, the keys and credentials of a CMS from the key seed.',
    so: 'A run can be repeated octet for octet. Its keys are worth nothing as secrets: never use them for real.',
  },
  {
    what: 'Checkpoints on disk',
    here: 'A world is kept at a quiet moment only, for the build that wrote it. The file holds all keys in clear, is its owner’s alone (0600), and has a SHA-256 and no signature.',
    so: 'It finds damage, not a forger: take up no file that you did not write. What is under way, such as a call, is repeated from the moment before it.',
  },
  {
    what: 'Live runs',
    here: 'One process, one address, the network that is there. Links have no delay or loss of their own, a tap does not see acknowledgements, and a world cannot be built twice.',
    so: 'Variants that differ in their network are the same live. Probes that disturb are not tested there. A run whose lag is above its bound measures the machine, says so, and counts for nothing.',
  },
  {
    what: 'The deployment file',
    here: 'What it declares is taken as it is written: that a reference is held, what hardware stands there, how the platform guards the microphone. Methods of disposal are held against the certificates of the asset register of a run. Roles, contacts, platforms, countries and classification are kept, and no verdict rests on them yet.',
    so: 'A part that passes by a declaration shows that somebody has declared it, with file and line, and not that it is so.',
  },
  {
    what: 'Disposal',
    here:
      'Flash is never reclaimed, so what was written stays until its key is erased; overwriting fills it with as much as there was. A magnetic disk has no remanence, and no ' +
      'encryption. The keys of an SSD are those of its files, from the first day. Paper is cut straight and does not fray, and the scavenger sees which side of a piece is up; of particles they ' +
      'make only joins that are certain, and of strips they try 200 layouts at the most. A laboratory has more patience: strips of 12 mm are read, those of 6 mm in a third of the cases, and particles of 30 mm by 30 mm seldom.',
    so: 'That a treated medium is refused shows that its keys are not to be had by these means. That a print in particles is refused says little unless they are a few modules small.',
  },
  {
    what: 'Side channels',
    here: 'SAKKE is computed in WebAssembly or BigInt, ECCSI partly in BigInt, and none of it in constant time: tables are looked up and branches taken by secret digits.',
    so: 'Nothing is shown about leaks by timing, power or memory. Parameter set 1 has 112 bits of strength, whoever computes it.',
  },
  {
    what: 'Capacity of links',
    here:
      "A link has a rate and a queue only where netem's rate and limit are set, as in the profiles of mobile networks. Each link has a queue " +
      'of its own: phones share a capacity where they share a link, such as that of their site to the CRS, if it has a rate.',
    so: 'On other links flows do not slow each other down: a flood is counted, not felt. network.md has a full cell to run.',
  },
  {
    what: 'IP and Ethernet',
    here: 'Hosts have names; there is no routing protocol, NAT, DNS or fragmentation, and no ICMP: a packet above the MTU of a link is dropped and nobody is told. TCP keeps to the MTU of the links that its two ends are on, and finds out about no other. Captures get headers made up for them.',
    so: 'Attacks on these layers are modelled by their effect only: a tap, a diversion, a partition.',
  },
  {
    what: 'Firewall',
    here: 'Rules on protocol, port and source for packets toward the CRS; no state of connections, no look into packets.',
    so: 'That only TLS crosses the TLS port (para-17-b2) rests on the CRS, which answers nothing else.',
  },
  {
    what: 'VPN',
    here: 'A site with an address of its own, and a tunnel that nobody reads: its MTU is 1,420, and where its link has a rate each packet counts 73 octets more. Where it goes through another network, taps there see each packet sealed with AES-128-GCM. Its two ends have a key; there is no key exchange, and a network that lets no UDP through does not shut it.',
    so: 'What it does to source addresses, routes, segments and capacity is shown, and what a tap on the way has of it. The tunnel itself is not attacked.',
  },
  {
    what: 'TCP',
    here:
      'Segments, acknowledgements, retransmission and resets are real; window scaling, selective and delayed acknowledgements, ' +
      'congestion control and keep-alives are left out.',
    so: 'Loss costs time as it does in a small exchange. Bulk transfer is not measured.',
  },
  {
    what: 'TLS',
    here:
      'One version and one suite at a time (TLS 1.2; TLS_PSK_WITH_AES_128_CBC_SHA, which the profile names, or as a counterfactual ' +
      'TLS_DHE_PSK_WITH_AES_128_CBC_SHA in ffdhe2048), without resumption or renegotiation, and not constant time.',
    so: 'A session that is resumed past a block is not tested here; that a product has it switched off must be checked there. What `dhe-psk` saves says nothing of a product that follows the profile.',
  },
  {
    what: 'SIP',
    here: 'One server between two phones, whose users are on the same one; registration, call, cancel, hang-up and message. No forking, hold, transfer or proxies.',
    so: 'Calls with more than two parties are out of scope.',
  },
  {
    what: 'SDP',
    here: 'One stream of audio over RTP/SAVP to one IPv4 address or name, with one SSRC and without bounds in time. Other lines that RFC 8866 has are read and skipped; a relay passes them on as they came, `k=` too.',
    so: 'What is in order and asks for more (IPv6, multicast, video, a second stream) is answered with 488.',
  },
  {
    what: 'Several organisations',
    here: 'Accounts with a CMS each, on one CRS or several. Phones hold the public keys of one KMS, a number is with one account, and CRSs do not work together.',
    so: 'A call from one account to another is refused. What phones would believe of two KMSs whose keys were exchanged, and what one CRS passes to another, is not tested.',
  },
  {
    what: 'Voice',
    here: 'G.711 in frames of 20 ms, one stream each way, one call on a phone at a time. No video or messages.',
    so: 'The codec has a constant bit rate, so leaks by packet length cannot be tested, and are reported as not tested.',
  },
  {
    what: 'Call quality',
    here:
      'R and MOS come from the E-model with default telephones, half of the round trip for each direction, and a jitter buffer that ' +
      'changes by whole frames.',
    so: 'They compare networks and procedures. They are no measurement of how speech sounds (media.md).',
  },
  {
    what: 'SRTP',
    here: 'AES in counter mode with HMAC-SHA1, tags of 80 or 32 bits, no MKI and no re-keying within a call.',
    so: 'Other profiles are refused, not ignored. So is a message with an SPI, or with a stream of the responder that has begun already; ROC and SEQ of the initiator are honoured.',
  },
  {
    what: 'Long holes',
    here: 'Sequence numbers have 16 bits: after a hole of 2^15 packets or more (eleven minutes of voice) a receiver takes what comes for other packets, and is deaf until the call ends, as RFC 3711 allows (section 3.3.1). So is one to which a stream comes that began near 65535 and lost its first packets, when its sender did not say where it begins (ROC and SEQ of the map); calldrill begins below 2^15.',
    so: 'The phone says `handset.out-of-step`, a check of every run fails, and what could not be opened is missing, not replayed or tampered with. It is recognised up to eight turns of 65,536 packets away, some three hours. `rekey-after-hole` lets the phone call again; it asks for no new keys within the call, as `rekey` does.',
  },
  {
    what: 'Phone storage',
    here: 'Whoever has the chip of a phone that is not locked reads all of it, powered off or not; of one that is locked nothing. How a passcode is guessed or forced, and what stays in memory, is not modelled.',
    so: 'It is the worst case. A phone with such protection loses less, or loses it later.',
  },
  {
    what: 'Mobile device management',
    here: 'Two plain datagrams: wipe, and wiped. The real protocols authenticate; here only reachability matters.',
    so: 'Nothing is shown about the security of an MDM.',
  },
  {
    what: 'Installing the app',
    here: 'A check of platform and version; there is no app store, code signing or operating system.',
    so: 'Malware on a phone is not modelled: a stolen phone and a copied chip are.',
  },
  {
    what: 'People',
    here: 'They do what is typed at the moment it is typed, and answer the phone after a fixed time. They forget and mistype only where a variant says so.',
    so: 'Times of a scenario are the times of its script. Rehearsals measure real people.',
  },
];
