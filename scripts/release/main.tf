# Layerwatch as a Terraform module: a CloudFormation stack, with its code in a bucket of yours.

terraform {
  required_version = ">= 1.3"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.0"
    }
  }
}

variable "code_bucket" {
  description = "S3 bucket in the region of the provider; the code and the template go below layerwatch/"
  type        = string
}

variable "email" {
  description = "Address that receives the alerts; empty for none"
  type        = string
  default     = ""
}

locals {
  code     = "${path.module}/../code"
  template = "${path.module}/../Layerwatch.template.json"
}

data "aws_s3_bucket" "code" {
  bucket = var.code_bucket
}

resource "aws_s3_object" "code" {
  for_each = fileset(local.code, "*.zip")

  bucket = var.code_bucket
  key    = "layerwatch/${each.value}"
  source = "${local.code}/${each.value}"
}

# The name holds a hash of the template, so that CloudFormation reads a new one after an upgrade.
resource "aws_s3_object" "template" {
  bucket = var.code_bucket
  key    = "layerwatch/${filesha256(local.template)}.template.json"
  source = local.template
}

resource "aws_cloudformation_stack" "layerwatch" {
  name         = "Layerwatch"
  template_url = "https://${data.aws_s3_bucket.code.bucket_regional_domain_name}/${aws_s3_object.template.key}"
  capabilities = ["CAPABILITY_IAM"]

  parameters = {
    CodeBucket = var.code_bucket
    AlertEmail = var.email
  }

  depends_on = [aws_s3_object.code]
}

output "alert_topic_arn" {
  description = "SNS topic to subscribe further receivers to"
  value       = aws_cloudformation_stack.layerwatch.outputs["AlertTopicArn"]
}

output "alert_table_name" {
  description = "DynamoDB table of the alerts"
  value       = aws_cloudformation_stack.layerwatch.outputs["AlertTableName"]
}

output "detector_function_name" {
  description = "Lambda function that decides the events"
  value       = aws_cloudformation_stack.layerwatch.outputs["DetectorFunctionName"]
}
