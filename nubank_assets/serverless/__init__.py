"""The platform on AWS without a machine: what each Lambda function does. The order is the state machine's."""
