# Carries bytes between its own input and output and a TCP port: tcpPipe.pl ADDRESS PORT. Says "connected" first, so that a refusal is told apart
# from a peer that hangs up. Docker's stream cannot tell of one half's end alone: a peer that hangs up ends both ways.
use strict; use warnings;
use IO::Socket::INET; use IO::Select;
my ($address, $port) = @ARGV;
my $peer = IO::Socket::INET->new(PeerAddr => $address, PeerPort => $port, Proto => 'tcp', Timeout => 5)
  or do { print STDERR "$address:$port: $@\n"; exit 1 };
$peer->setsockopt(6, 1, 1); # TCP_NODELAY
binmode STDIN; binmode STDOUT; $SIG{PIPE} = 'IGNORE';
my %to = (fileno(STDIN) => $peer, fileno($peer) => \*STDOUT);
syswrite STDOUT, "connected\n";
my $select = IO::Select->new(\*STDIN, $peer);
while ($select->count) {
  for my $from ($select->can_read) {
    my $n = sysread $from, my $bytes, 65536;
    next if !defined $n && $!{EINTR};
    my $at = 0; my $to = $to{fileno $from};
    while ($n && $at < $n) { my $put = syswrite $to, $bytes, $n - $at, $at; exit 0 unless defined $put; $at += $put }
    next if $n;
    exit 0 if $from == $peer;
    $select->remove($from); $peer->shutdown(1);
  }
}
