insert into note (stream, body) values ('ESC-2027-1', 'Second camera angle found, the stream is still up; asking the product team for the list of re-uploads.');
