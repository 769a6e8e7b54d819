# Ends well as soon as ADDRESS:PORT accepts a connection: awaitPort.pl ADDRESS PORT. The caller's deadline ends it otherwise.
use strict; use warnings; use IO::Socket::INET; use Time::HiRes 'sleep';
my ($address, $port) = @ARGV;
until (IO::Socket::INET->new(PeerAddr => $address, PeerPort => $port, Proto => 'tcp', Timeout => 1)) { sleep 0.05 }
