\set stream random(1, 2000)
insert into note (stream, body) values ('ESC-2027-' || :stream, 'Second camera angle found, the stream is still up; asking the product team for the list of re-uploads.');
