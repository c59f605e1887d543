"""The protocol: composed as plain data, then rendered. reportlab is used here and nowhere else."""
