"""What of the platform is Amazon's: S3, Secrets Manager, Glue, Athena, SNS. Imported only where it is used."""
