"""Care: whether somebody who writes is in danger, hurt, distressed, or asks for support. Decided before anything else."""
