/** A call through the rules of RFC 3261, in the order of its sections. */
import test from 'ava';
import { SeededRandom } from '../../sim/random.ts';
import { formatAddress, tagOf } from './address.ts';
import { ackTo, cancelOf, requestOf, responseTo } from './build.ts';
import { dialogKey, dialogOf } from './dialog.ts';
import { callIdOf, contactsOf, cseqOf, expiresOf, fromOf, toOf, topBranchOf, topViaOf } from './field.ts';
import { SipHeaders } from './headers.ts';
import { newBranch, newCallId, newTag } from './identifier.ts';
import { parseMessage, type SipRequest, type SipResponse } from './message.ts';
import { serialise } from './serialise.ts';
import { ACK, BUSY, BYE, INVITE, INVITE_PARTS, LOOSE, OK, REGISTER, RINGING, wire } from './sip.fuzz.ts';
import { PendingRequests, TRANSACTION_TIMEOUT, transactionKey } from './transaction.ts';
import { formatUri, parseUri, telUri } from './uri.ts';

function reread(message: SipRequest): SipRequest;
function reread(message: SipResponse): SipResponse;
function reread(message: SipRequest | SipResponse) {
  return parseMessage(serialise(message));
}

test('7.1: a request line has a method, a URI and a version', (t) => {
  const [line] = Buffer.from(serialise(INVITE)).toString('utf8').split('\r\n');
  t.is(line, 'INVITE tel:+447700900002 SIP/2.0');
});

test('7.2: a status line has a version, a status and a reason', (t) => {
  const [line] = Buffer.from(serialise(BUSY)).toString('utf8').split('\r\n');
  t.is(line, 'SIP/2.0 486 Busy Here');
});

test('7.3.1: names in any case and form, folds, and comma lists read as one thing', (t) => {
  const message = parseMessage(LOOSE);
  t.is(message.kind, 'request');
  t.deepEqual(message.headers.all('VIA'), [
    'SIP /  2.0 / TLS   alice-phone : 5061 ;  branch = z9hG4bK1 ;rport',
    'SIP/2.0/TCP 192.0.2.7;branch="other"',
  ]);
  t.deepEqual(topViaOf(message), {
    transport: 'TLS',
    host: 'alice-phone',
    port: 5061,
    parameters: new Map([
      ['branch', 'z9hG4bK1'],
      ['rport', undefined],
    ]),
  });
  t.deepEqual(message.headers.all('k'), ['100rel', 'timer', 'path']);
  t.deepEqual(message.headers.all('route'), ['<sip:crs;lr>', '"R, S" <sip:other;lr>;x="a,b"']);
  t.deepEqual(cseqOf(message), { sequence: 9, method: 'OPTIONS' });
  t.is(message.headers.get('x-unknown'), ';;,, Zoë');
  t.is(message.headers.get('Subject'), '');
  t.is(toOf(message).display, `Bob "B" O'Neill`);
  t.is(formatUri(toOf(message).uri), 'tel:+447700900002;ext=7');
  t.is(fromOf(message).display, 'Alice A');
  t.is(tagOf(fromOf(message)), 't1');
  t.deepEqual(
    message.headers.entries.slice(0, 4).map(({ name }) => name),
    ['Via', 'Via', 'To', 'From'],
  );
  t.is(Buffer.from(message.body).toString(), 'hello');
});

test('7.3.1: two lines and one comma list are the same headers', (t) => {
  const one = SipHeaders.of([['Route', '<sip:a>, <sip:b>']]);
  const two = SipHeaders.of([
    ['Route', '<sip:a>'],
    ['Route', '<sip:b>'],
  ]);
  t.deepEqual(one, two);
});

test('8.1.1: a request has what every request needs', (t) => {
  const register = reread(REGISTER);
  t.is(callIdOf(register), '11e0@alice-phone');
  t.is(topBranchOf(register), 'z9hG4bKf00d0004');
  t.is(register.headers.get('Max-Forwards'), '70');
  t.is(tagOf(toOf(register)), undefined);
  t.is(tagOf(fromOf(register)), 'a1ice0001');
});

test('8.1.1.7 and 19.3: branches, tags and Call-IDs are drawn from chance, the same from the same seed', (t) => {
  const random = new SeededRandom('identifiers').stream('sip');
  const again = new SeededRandom('identifiers').stream('sip');
  const branch = newBranch(random);
  t.regex(branch, /^z9hG4bK[\da-f]{24}$/);
  t.regex(newTag(random), /^[\da-f]{16}$/);
  t.regex(newCallId(random, 'alice-phone'), /^[\da-f]{32}@alice-phone$/);
  t.is(newBranch(again), branch);
  t.not(newBranch(again), branch);
});

test('8.2.6: a response copies Via, From, To, Call-ID and CSeq, and has a tag in To', (t) => {
  const ok = reread(OK);
  for (const name of ['Via', 'From', 'Call-ID', 'CSeq'])
    t.deepEqual(ok.headers.all(name), INVITE.headers.all(name));
  t.is(tagOf(toOf(ok)), 'b0b0001');
  t.is(ok.reason, 'OK');
  const trying = reread(responseTo(INVITE, 100));
  t.is(tagOf(toOf(trying)), undefined);
});

test('8.2.6: a response keeps every Via in order, and Record-Route', (t) => {
  const request = parseMessage(
    wire(
      'BYE sip:bob SIP/2.0',
      'Via: SIP/2.0/TLS crs;branch=z9hG4bKa',
      'Via: SIP/2.0/TLS alice-phone;branch=z9hG4bKb',
      'Record-Route: <sip:crs;lr>',
      'From: <sip:alice>;tag=1',
      'To: <sip:bob>;tag=2',
      'Call-ID: x',
      'CSeq: 1 BYE',
      'Content-Length: 0',
      '',
      '',
    ),
  );
  if (request.kind !== 'request') return t.fail();
  const response = responseTo(request, 481, { toTag: 'other', reason: 'Who?', headers: [['Server', 'crs']] });
  t.deepEqual(response.headers.all('Via'), request.headers.all('Via'));
  t.is(response.headers.get('Record-Route'), '<sip:crs;lr>');
  t.is(tagOf(toOf(response)), '2', 'a tag that is there stays');
  t.is(response.reason, 'Who?');
  t.is(response.headers.get('Server'), 'crs');
  t.is(responseTo(request, 299).reason, '');
});

test('8.2.6: an ACK is never answered', (t) => {
  t.throws(() => responseTo(ACK, 200), { message: /assertion/ });
});

test('9.1: a CANCEL is its INVITE but for the method, and has no body', (t) => {
  const cancel = reread(cancelOf(INVITE));
  t.is(topBranchOf(cancel), topBranchOf(INVITE));
  t.deepEqual(cancel.uri, INVITE.uri);
  t.deepEqual(cseqOf(cancel), { sequence: 1, method: 'CANCEL' });
  t.is(cancel.body.length, 0);
  t.throws(() => cancelOf(BYE), { message: /assertion/ });
});

test('10.2: contacts, how long they live, and all of them at once', (t) => {
  const register = reread(REGISTER);
  const contacts = contactsOf(register);
  if (contacts === '*') return t.fail();
  t.deepEqual(contacts.map(formatAddress), ['<sip:alice@alice-phone>;expires=600']);
  t.is(expiresOf(register, contacts[0]), 600);
  t.is(expiresOf(register), 3600);
  t.is(expiresOf(BYE), undefined);
  const headers = REGISTER.headers.without('Contact').with('m', '*');
  t.is(contactsOf(reread({ ...REGISTER, headers })), '*');
});

test('12: both ends see one dialog, with the tags changed about', (t) => {
  const caller = dialogOf(INVITE, 'sent');
  t.deepEqual(caller, { callId: '6b1f0c52@alice-phone', localTag: 'a1ice0001', remoteTag: undefined });
  const atCaller = dialogKey(dialogOf(OK, 'received'));
  t.is(dialogKey(dialogOf(ACK, 'sent')), atCaller);
  t.is(dialogKey(dialogOf(BYE, 'sent')), atCaller);
  const atCallee = dialogKey(dialogOf(OK, 'sent'));
  t.is(dialogKey(dialogOf(RINGING, 'sent')), atCallee);
  t.is(dialogKey(dialogOf(ACK, 'received')), atCallee);
  t.is(dialogKey(dialogOf(BYE, 'received')), atCallee);
  t.not(atCaller, atCallee);
});

test('13.2.2.4: the ACK for a 2xx is a transaction of its own and goes to the contact', (t) => {
  const ack = reread(ackTo(INVITE, OK, 'z9hG4bKnew'));
  t.is(topBranchOf(ack), 'z9hG4bKnew');
  t.is(formatUri(ack.uri), 'sip:bob@bob-phone:5061');
  t.deepEqual(cseqOf(ack), { sequence: 1, method: 'ACK' });
  t.is(tagOf(toOf(ack)), 'b0b0001');
});

test('13.2.2.4: a 2xx without a usable contact is acknowledged where the INVITE went', (t) => {
  const bare = { ...OK, headers: OK.headers.without('Contact') };
  t.deepEqual(ackTo(INVITE, bare, 'z9hG4bKnew').uri, INVITE.uri);
  const wildcard = { ...OK, headers: bare.headers.with('Contact', '*') };
  t.deepEqual(ackTo(INVITE, wildcard, 'z9hG4bKnew').uri, INVITE.uri);
});

test('17.1.1.3: the ACK for a refusal has the branch and the URI of the INVITE', (t) => {
  const ack = reread(ackTo(INVITE, BUSY, 'z9hG4bKunused'));
  t.is(topBranchOf(ack), topBranchOf(INVITE));
  t.deepEqual(ack.uri, INVITE.uri);
  t.is(transactionKey(ack, 'INVITE'), transactionKey(INVITE));
  const moved = { ...BUSY, headers: BUSY.headers.with('Contact', '<sip:elsewhere>') };
  t.deepEqual(ackTo(INVITE, moved, 'z9hG4bKunused').uri, INVITE.uri, 'wherever the refusal points');
  t.throws(() => ackTo(INVITE, RINGING, 'z9hG4bKx'), { message: /assertion/ });
  t.throws(() => ackTo(BYE, OK, 'z9hG4bKx'), { message: /assertion/ });
});

test('17.1.3: a response is matched by branch and method, a final one once', (t) => {
  const pending = new PendingRequests();
  pending.add(INVITE);
  const cancel = cancelOf(INVITE);
  pending.add(cancel);
  t.is(pending.size, 2, 'the same branch, another method');
  t.is(pending.match(RINGING), INVITE);
  t.is(pending.match(responseTo(cancel, 200)), cancel);
  t.is(pending.match(responseTo(INVITE, 487)), INVITE);
  t.is(pending.match(BUSY), undefined, 'a second final response is a stray');
  t.is(pending.size, 0);
});

test('17.1.3: a response with another branch, host or method is a stray', (t) => {
  const pending = new PendingRequests();
  pending.add(INVITE);
  const other = requestOf({ ...INVITE_PARTS, branch: 'z9hG4bKother' });
  t.is(pending.match(responseTo(other, 200)), undefined);
  const elsewhere = requestOf({ ...INVITE_PARTS, sentBy: { host: 'mallory-phone', port: 5061 } });
  t.is(pending.match(responseTo(elsewhere, 200)), undefined);
  t.is(pending.match(responseTo(cancelOf(INVITE), 200)), undefined);
  t.is(pending.match(OK), INVITE);
});

test('17.1.3: a request that is given up is forgotten; its branch names one request', (t) => {
  const pending = new PendingRequests();
  pending.add(INVITE);
  t.throws(() => pending.add(INVITE), { message: /assertion/ });
  t.throws(() => pending.add(ACK), { message: /assertion/ });
  t.true(pending.forget(INVITE));
  t.false(pending.forget(INVITE));
  t.is(pending.match(OK), undefined);
});

test('17.1.2.2: a client gives up after 64 times T1', (t) => {
  t.is(TRANSACTION_TIMEOUT, 32_000_000);
});

test('19.1.1: the examples of URIs mean what the section says', (t) => {
  const uri = parseUri('sips:alice@atlanta.com?subject=project%20x&priority=urgent');
  t.like(uri, {
    scheme: 'sips',
    user: 'alice',
    host: 'atlanta.com',
    headers: 'subject=project%20x&priority=urgent',
  });
  t.like(parseUri('sip:+1-212-555-1212:1234@gateway.com;user=phone'), {
    user: '+1-212-555-1212',
    password: '1234',
    host: 'gateway.com',
    parameters: new Map([['user', 'phone']]),
  });
  t.like(parseUri('sip:atlanta.com;method=REGISTER?to=alice%40atlanta.com'), {
    user: undefined,
    host: 'atlanta.com',
  });
  t.like(parseUri('sip:alice;day=tuesday@atlanta.com'), { user: 'alice;day=tuesday', parameters: new Map() });
});

test('19.1.4: URIs that are equal by their escapes and host are one text', (t) => {
  t.is(formatUri(parseUri('SIP:%61lice@AtLanTa.CoM;Transport=TCP')), 'sip:alice@atlanta.com;transport=TCP');
});

test('RFC 3966: separators in a number do not make another number', (t) => {
  t.deepEqual(parseUri('TEL:+44(0)-7700.900-001'), telUri('+4407700900001'));
  t.deepEqual(parseUri('tel:+44-7700-900001'), telUri('+447700900001'));
});
