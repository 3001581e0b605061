/*
 * libwolfssl's ECCSI (RFC 6507) and SAKKE (RFC 6508) behind a line protocol, for wolfssl.interop.ts: an implementation that shares
 * nothing with ours. Written from wolfcrypt/eccsi.h and wolfcrypt/sakke.h.
 *
 * Each line of stdin is a command and its arguments in hexadecimal; each is answered by one line: octets in hexadecimal, `yes`,
 * `no`, or `error N` with wolfSSL's code.
 *
 *   eccsi-issue KSAK KPAK ID          SSK || PVT          eccsi-valid KPAK ID SSK PVT        yes or no
 *   eccsi-sign KPAK ID SSK PVT MSG    r || s || PVT       eccsi-verify KPAK ID MSG SIG       yes or no
 *   sakke-public ZT                   Z                   sakke-extract ZT ID                RSK
 *   sakke-valid Z ID RSK              yes or no           sakke-seal Z ID SSV                R || H
 *   sakke-open Z ID RSK R||H          SSV
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wolfssl/options.h>
#include <wolfssl/wolfcrypt/eccsi.h>
#include <wolfssl/wolfcrypt/error-crypt.h>
#include <wolfssl/wolfcrypt/random.h>
#include <wolfssl/wolfcrypt/sakke.h>

#define ARGUMENTS 5
#define OCTETS 4096
#define SHA WC_HASH_TYPE_SHA256
/* The first call that fails decides the answer. */
#define TRY(call) do { int code_ = (call); if (code_ != 0) return code_; } while (0)
#define ARG(i) arguments[i].octets, arguments[i].length

typedef struct { byte octets[OCTETS]; word32 length; } Octets;

static Octets arguments[ARGUMENTS];
static Octets answer;
static int verdict; /* -1: the answer is octets */
static WC_RNG rng;

static int setSigner(EccsiKey* key, const Octets* id, ecc_point* pvt)
{
    byte hash[WC_MAX_DIGEST_SIZE], length = 0;
    TRY(wc_HashEccsiId(key, SHA, id->octets, id->length, pvt, hash, &length));
    return wc_SetEccsiHash(key, hash, length);
}

static int eccsi(const char* command, EccsiKey* key, ecc_point* pvt, mp_int* ssk)
{
    if (strcmp(command, "eccsi-issue") == 0) {
        /* A private key is imported as KSAK || KPAK. */
        Octets* pair = &arguments[0];
        word32 kpak = arguments[1].length - 1;
        memcpy(pair->octets + pair->length, arguments[1].octets + 1, kpak);
        TRY(wc_ImportEccsiKey(key, pair->octets, pair->length + kpak));
        TRY(wc_MakeEccsiPair(key, &rng, SHA, ARG(2), ssk, pvt));
        answer.length = OCTETS;
        TRY(wc_EncodeEccsiSsk(key, ssk, answer.octets, &answer.length));
        word32 rest = OCTETS - answer.length;
        TRY(wc_EncodeEccsiPvt(key, pvt, answer.octets + answer.length, &rest, 0));
        answer.length += rest;
        return 0;
    }
    TRY(wc_ImportEccsiPublicKey(key, ARG(0), 0));
    if (strcmp(command, "eccsi-verify") == 0) {
        TRY(wc_DecodeEccsiPvtFromSig(key, ARG(3), pvt));
        TRY(setSigner(key, &arguments[1], pvt));
        return wc_VerifyEccsiHash(key, SHA, ARG(2), ARG(3), &verdict);
    }
    TRY(wc_DecodeEccsiSsk(key, ARG(2), ssk));
    TRY(wc_DecodeEccsiPvt(key, ARG(3), pvt));
    if (strcmp(command, "eccsi-valid") == 0)
        return wc_ValidateEccsiPair(key, SHA, ARG(1), ssk, pvt, &verdict);
    TRY(setSigner(key, &arguments[1], pvt));
    TRY(wc_SetEccsiPair(key, ssk, pvt));
    answer.length = OCTETS;
    return wc_SignEccsiHash(key, &rng, SHA, ARG(4), answer.octets, &answer.length);
}

static int sakke(const char* command, SakkeKey* key, ecc_point* rsk)
{
    int isPublic = strcmp(command, "sakke-public") == 0;
    answer.length = OCTETS;
    if (isPublic || strcmp(command, "sakke-extract") == 0) {
        TRY(wc_ImportSakkePrivateKey(key, ARG(0)));
        if (isPublic) {
            TRY(wc_MakeSakkePublicKey(key, rsk));
            return wc_EncodeSakkeRsk(key, rsk, answer.octets, &answer.length, 0);
        }
        TRY(wc_MakeSakkeRsk(key, arguments[1].octets, (word16)arguments[1].length, rsk));
        return wc_EncodeSakkeRsk(key, rsk, answer.octets, &answer.length, 0);
    }
    TRY(wc_ImportSakkePublicKey(key, ARG(0), 1));
    if (strcmp(command, "sakke-seal") == 0) {
        word16 length = OCTETS;
        Octets* ssv = &arguments[2]; /* masked where it stands */
        TRY(wc_SetSakkeIdentity(key, arguments[1].octets, (word16)arguments[1].length));
        TRY(wc_MakeSakkeEncapsulatedSSV(key, SHA, ssv->octets, (word16)ssv->length, answer.octets, &length));
        memcpy(answer.octets + length, ssv->octets, ssv->length);
        answer.length = length + ssv->length;
        return 0;
    }
    TRY(wc_DecodeSakkeRsk(key, ARG(2), rsk));
    if (strcmp(command, "sakke-valid") == 0)
        return wc_ValidateSakkeRsk(key, arguments[1].octets, (word16)arguments[1].length, rsk, &verdict);
    word16 length = 0;
    Octets* sealed = &arguments[3];
    TRY(wc_GetSakkeAuthSize(key, &length));
    TRY(wc_SetSakkeIdentity(key, arguments[1].octets, (word16)arguments[1].length));
    TRY(wc_SetSakkeRsk(key, rsk, NULL, 0));
    if (sealed->length <= length) return BAD_FUNC_ARG;
    answer.length = sealed->length - length;
    memcpy(answer.octets, sealed->octets + length, answer.length);
    return wc_DeriveSakkeSSV(key, SHA, answer.octets, (word16)answer.length, sealed->octets, length);
}

static int run(const char* command)
{
    int code;
    if (strncmp(command, "eccsi-", 6) == 0) {
        EccsiKey key;
        mp_int ssk;
        ecc_point* pvt = wc_ecc_new_point();
        TRY(mp_init(&ssk));
        TRY(wc_InitEccsiKey(&key, NULL, INVALID_DEVID));
        code = eccsi(command, &key, pvt, &ssk);
        wc_FreeEccsiKey(&key);
        wc_ecc_del_point(pvt);
    } else {
        SakkeKey key;
        ecc_point* rsk = wc_ecc_new_point();
        TRY(wc_InitSakkeKey_ex(&key, 128, ECC_SAKKE_1, NULL, INVALID_DEVID));
        code = sakke(command, &key, rsk);
        wc_FreeSakkeKey(&key);
        wc_ecc_del_point(rsk);
    }
    return code;
}

static void readHex(const char* text, Octets* into)
{
    unsigned octet;
    for (into->length = 0; into->length < OCTETS && sscanf(text, "%2x", &octet) == 1; text += 2)
        into->octets[into->length++] = (byte)octet;
}

int main(void)
{
    static char line[ARGUMENTS * 2 * OCTETS];
    if (wc_InitRng(&rng) != 0) return 1;
    while (fgets(line, sizeof line, stdin) != NULL) {
        char* command = strtok(line, " \n");
        if (command == NULL) continue;
        for (int i = 0; i < ARGUMENTS; i++) {
            char* text = strtok(NULL, " \n");
            readHex(text == NULL ? "" : text, &arguments[i]);
        }
        verdict = -1;
        int code = run(command);
        if (code != 0) printf("error %d", code);
        else if (verdict >= 0) printf(verdict ? "yes" : "no");
        else for (word32 i = 0; i < answer.length; i++) printf("%02x", answer.octets[i]);
        printf("\n");
        fflush(stdout);
    }
    return 0;
}
