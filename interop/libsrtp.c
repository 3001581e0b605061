/*
 * libsrtp2's protection of RTP and RTCP behind a line protocol, for srtp.interop.ts: an implementation that shares nothing with
 * ours. Written from srtp2/srtp.h.
 *
 * Usage: libsrtp protect|unprotect 80|32 KEY, where KEY is the master key and salt, 30 octets in hexadecimal.
 * Each line of stdin is `rtp` or `rtcp` and a packet in hexadecimal; each is answered by one line: the packet in hexadecimal, or
 * `refused N` with libsrtp's status (7: authentication failed, 9 and 10: replayed).
 */
#include <srtp2/srtp.h>
#include <stdio.h>
#include <string.h>

#define OCTETS 65536
#define KEY_OCTETS 30

static unsigned readHex(const char* text, unsigned char* into, unsigned most)
{
    unsigned octet, length = 0;
    for (; length < most && sscanf(text, "%2x", &octet) == 1; text += 2) into[length++] = (unsigned char)octet;
    return length;
}

int main(int count, char** arguments)
{
    static char line[2 * OCTETS + 16];
    /* libsrtp reads and writes whole words. */
    static _Alignas(8) unsigned char packet[OCTETS + SRTP_MAX_TRAILER_LEN + 4];
    unsigned char key[KEY_OCTETS];
    srtp_policy_t policy;
    srtp_t session;
    if (count != 4 || readHex(arguments[3], key, KEY_OCTETS) != KEY_OCTETS) return 2;
    int protects = strcmp(arguments[1], "protect") == 0;
    memset(&policy, 0, sizeof policy);
    if (strcmp(arguments[2], "80") == 0) srtp_crypto_policy_set_aes_cm_128_hmac_sha1_80(&policy.rtp);
    else srtp_crypto_policy_set_aes_cm_128_hmac_sha1_32(&policy.rtp);
    /* The short tag is for RTP only (RFC 3711 section 5.2). */
    srtp_crypto_policy_set_aes_cm_128_hmac_sha1_80(&policy.rtcp);
    policy.key = key;
    policy.ssrc.type = protects ? ssrc_any_outbound : ssrc_any_inbound;
    policy.window_size = 128;
    if (srtp_init() != srtp_err_status_ok || srtp_create(&session, &policy) != srtp_err_status_ok) return 1;
    while (fgets(line, sizeof line, stdin) != NULL) {
        char* kind = strtok(line, " \n");
        char* text = strtok(NULL, " \n");
        if (kind == NULL || text == NULL) return 2;
        int length = (int)readHex(text, packet, OCTETS);
        srtp_err_status_t status;
        if (strcmp(kind, "rtcp") == 0)
            status = protects ? srtp_protect_rtcp(session, packet, &length) : srtp_unprotect_rtcp(session, packet, &length);
        else status = protects ? srtp_protect(session, packet, &length) : srtp_unprotect(session, packet, &length);
        if (status != srtp_err_status_ok) printf("refused %d", (int)status);
        else for (int i = 0; i < length; i++) printf("%02x", packet[i]);
        printf("\n");
        fflush(stdout);
    }
    srtp_dealloc(session);
    return 0;
}
